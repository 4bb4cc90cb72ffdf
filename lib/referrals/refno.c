/* Referral numbers: writing, reading and their check digit. write.c assigns them. */
#include "cq/refno.h"

enum { DIGITS = 12 };

/* 0 is a digit of the twelve, 1 the check digit. */
static const char form[] = "CQ-00-0000-000000-1";

_Static_assert(sizeof form == CQ_REFNO_LENGTH + 1, "the form is as long as a number");

/* Damm's quasigroup: row is the digit so far, column the next one. Its diagonal is 0, so a number
 * with its check digit ends in 0. */
static const unsigned char damm[10][10] = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3}, {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6}, {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7}, {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
};

size_t cq_refno_write(char *dst, int64_t number)
{
    unsigned char digits[DIGITS];
    unsigned char state = 0;
    int taken = 0;

    for (int i = DIGITS - 1; i >= 0; i--, number /= 10)
        digits[i] = (unsigned char)(number % 10);
    for (int i = 0; i < CQ_REFNO_LENGTH; i++) {
        unsigned char digit = state;
        if (form[i] == '0') {
            digit = digits[taken++];
            state = damm[state][digit];
        }
        dst[i] = form[i] == '0' || form[i] == '1' ? (char)('0' + digit) : form[i];
    }
    return CQ_REFNO_LENGTH;
}

enum cq_code cq_refno_parse(const char *text, size_t len, int64_t *number)
{
    unsigned char state = 0;
    int64_t value = 0;

    if (len != CQ_REFNO_LENGTH)
        return CQ_R_NUMBER_FORM;
    for (size_t i = 0; i < len; i++) {
        if (form[i] != '0' && form[i] != '1') {
            if (text[i] != form[i])
                return CQ_R_NUMBER_FORM;
            continue;
        }
        if (text[i] < '0' || text[i] > '9')
            return CQ_R_NUMBER_FORM;
        state = damm[state][text[i] - '0'];
        if (form[i] == '0')
            value = value * 10 + (text[i] - '0');
    }
    if (state != 0)
        return CQ_R_NUMBER_CHECK;
    if (value % (CQ_SERIAL_MAX + 1) == 0)
        return CQ_R_NUMBER_FORM;
    *number = value;
    return CQ_OK;
}
