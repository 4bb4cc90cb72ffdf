/* Loads shared libraries. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool cq_library_load(struct cq_library *library, const char **reason)
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
        *reason = dlerror();
    if (!library->loaded && opened)
        dlclose(opened);
    return library->loaded;
}
