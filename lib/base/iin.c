/* The individual identification number. A number that passes is only well formed: nine percent of
 * single-digit errors pass too, and its date and sex need not be the person's. */
#include "cq/iin.h"

#include <stdbool.h>
#include <string.h>

#include "cq/date.h"
#include "cq/digits.h"

#define IIN_DIGITS 12

/* The control digit that belongs to eleven digits, -1 where two passes leave none. */
static int control_of(const int *digits)
{
    static const signed char second[IIN_DIGITS - 1] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};
    int sum = 0;
    for (int i = 0; i < IIN_DIGITS - 1; i++)
        sum += digits[i] * (i + 1);
    if (sum % 11 < 10)
        return sum % 11;
    sum = 0;
    for (int i = 0; i < IIN_DIGITS - 1; i++)
        sum += digits[i] * second[i];
    return sum % 11 < 10 ? sum % 11 : -1;
}

static void split_digits(int64_t iin, int *digits)
{
    for (int i = IIN_DIGITS - 1; i >= 0; i--) {
        digits[i] = (int)(iin % 10);
        iin /= 10;
    }
}

/* The date in the first seven digits; false where there is none. */
static bool birth_of(const int *digits, int *year, int *month, int *mday)
{
    if (digits[6] < 1 || digits[6] > 6)
        return false;
    *year = 1800 + (digits[6] - 1) / 2 * 100 + digits[0] * 10 + digits[1];
    *month = digits[2] * 10 + digits[3];
    *mday = digits[4] * 10 + digits[5];
    return cq_date_valid(*year, *month, *mday);
}

static enum cq_code check_digits(const int *digits)
{
    return control_of(digits) == digits[IIN_DIGITS - 1] ? CQ_OK : CQ_R_IIN_CONTROL;
}

static size_t count_digits(const char *text, size_t len)
{
    size_t count = 0;
    while (count < len && text[count] >= '0' && text[count] <= '9')
        count++;
    return count;
}

/* Scientific notation: digits, perhaps decimals, E, perhaps a sign, digits. */
static bool looks_exponent(const char *text, size_t len)
{
    size_t at = count_digits(text, len);
    if (at == 0)
        return false;
    if (at < len && (text[at] == '.' || text[at] == ',')) {
        size_t decimals = count_digits(text + at + 1, len - at - 1);
        if (decimals == 0)
            return false;
        at += 1 + decimals;
    }
    if (at == len || (text[at] != 'E' && text[at] != 'e'))
        return false;
    at++;
    if (at < len && (text[at] == '+' || text[at] == '-'))
        at++;
    return at < len && at + count_digits(text + at, len - at) == len;
}

/* Reads eleven or twelve digits; false if there is anything else. */
static bool read_digits(const char *text, size_t len, int *digits, int64_t *value)
{
    size_t start = IIN_DIGITS - len;
    *value = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit > 9)
            return false;
        digits[start + i] = (int)digit;
        *value = *value * 10 + digit;
    }
    return true;
}

/* Why a text is no IIN: a spreadsheet made it an exponent, or letters stand among its digits. */
static enum cq_code reason(const char *text, size_t len)
{
    size_t digits = 0, others = 0;
    if (looks_exponent(text, len))
        return CQ_R_IIN_EXPONENT;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        digits += c >= '0' && c <= '9';
        others += (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        others += c >= 0xD0 && c <= 0xD4; /* a Cyrillic letter */
    }
    bool letters = others > 0 && digits >= 6 && digits + others == IIN_DIGITS;
    return letters ? CQ_R_IIN_LETTER : CQ_R_IIN;
}

enum cq_code cq_iin_parse(const char *text, size_t len, int64_t *iin)
{
    int digits[IIN_DIGITS] = {0};
    int64_t value = 0;
    char cleaned[IIN_DIGITS + 1];
    bool grouped;
    if ((len != IIN_DIGITS && len != IIN_DIGITS - 1) || !read_digits(text, len, digits, &value)) {
        size_t count = cq_digits_read(text, len, cleaned, sizeof cleaned, &grouped);
        if (count != IIN_DIGITS && count != IIN_DIGITS - 1)
            return reason(text, len);
        memset(digits, 0, sizeof digits);
        read_digits(cleaned, count, digits, &value);
        len = count;
    }
    /* Zeros alone would pass every check below; it is nobody's number, but what an empty numeric
     * cell becomes. */
    if (value == 0)
        return CQ_R_IIN;
    enum cq_code code = check_digits(digits);
    if (len == IIN_DIGITS - 1)
        return !code ? CQ_R_IIN_ELEVEN : CQ_R_IIN;
    if (!code)
        *iin = value;
    return code;
}

int cq_iin_control(int64_t iin)
{
    int digits[IIN_DIGITS];
    split_digits(iin, digits);
    return control_of(digits);
}

int32_t cq_iin_birth(int64_t iin)
{
    int digits[IIN_DIGITS];
    int year, month, mday;
    split_digits(iin, digits);
    return birth_of(digits, &year, &month, &mday) ? cq_date_make(year, month, mday) : CQ_DAY_MIN;
}

char cq_iin_sex(int64_t iin)
{
    int seventh = (int)(iin / 100000 % 10);
    if (seventh < 1 || seventh > 6)
        return 0;
    return seventh % 2 == 1 ? 'm' : 'f';
}

size_t cq_iin_write(char *dst, int64_t iin)
{
    for (int i = IIN_DIGITS - 1; i >= 0; i--) {
        dst[i] = (char)('0' + iin % 10);
        iin /= 10;
    }
    return IIN_DIGITS;
}
