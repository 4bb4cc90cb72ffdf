/* Functions of a shared library that is loaded when it is first needed: most runs of a program do not
 * need it, and loading it takes longer than they do. */
#ifndef CQ_BASE_LIBRARY_H
#define CQ_BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* A structure of pointers to functions, and their names in the same order. Zero-initialise loaded. */
struct cq_library {
    const char *file; /* as the loader knows it: libzip.so.4 */
    const char *const *names;
    size_t count;
    void *calls;
    bool loaded;
};

/* Members and names of such a structure, from a list of functions: X(zip_fopen) X(zip_fread). */
#define CQ_LIBRARY_MEMBER(name) __typeof__(&name) name;
#define CQ_LIBRARY_NAME(name) #name,

/* Loads the functions, once; they stay until the program ends. Shape: *missing becomes the name of the
 * library where it fails. */
bool cq_library_load(struct cq_library *library, const char **missing);

/* What is said of such a library: a text of cq_is_detail_text. */
extern const char cq_library_missing[];

#endif
