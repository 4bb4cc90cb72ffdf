/* Loads shared libraries. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

const char cq_library_missing[] = "the library is not installed";

bool cq_library_load(struct cq_library *library, const char **missing)
{
    if (library->loaded)
        return true;
    void *opened = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    char *to = library->calls;
    for (size_t i = 0; opened && i < library->count; i++) {
        void *symbol = dlsym(opened, library->names[i]);
        if (!symbol)
            break;
        memcpy(to + i * sizeof symbol, &symbol, sizeof symbol); /* POSIX: a function's address */
        library->loaded = i + 1 == library->count;
    }
    if (!library->loaded)
        *missing = library->file;
    if (!library->loaded && opened)
        dlclose(opened);
    return library->loaded;
}
