/* The library in a CPython extension: the interpreter's lock is released while the parent may be suspended, in the parent,
 * and taken again there. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "reference_spawner.h"

static void release_lock(void *context)
{
    *(PyThreadState **)context = PyEval_SaveThread();
}

static void take_lock(void *context)
{
    PyEval_RestoreThread(*(PyThreadState **)context);
}

/* A vector of the texts in a list of bytes, which keeps them. */
static char **vector_of(PyObject *list)
{
    Py_ssize_t count = PyList_Size(list);
    char **vector = PyMem_Calloc((size_t)count + 1, sizeof *vector);
    if (vector == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        vector[i] = PyBytes_AsString(PyList_GetItem(list, i));
        if (vector[i] == NULL) {
            PyMem_Free(vector);
            return NULL;
        }
    }
    return vector;
}

PyDoc_STRVAR(start_doc, "start(program: bytes, arguments: list[bytes], flags: int = 0, release: bool = True) -> int\n"
                        "Starts a program and returns its pid. The lock is kept if `release` is false.");

static PyObject *start(PyObject *module, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"program", "arguments", "flags", "release", NULL};
    struct spawner_request request = {0};
    struct spawner_result result;
    PyThreadState *state = NULL;
    PyObject *list;
    int release = 1;
    (void)module;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "yO!|Ip", names, &request.program, &PyList_Type, &list,
                                     &request.flags, &release))
        return NULL;
    char **vector = vector_of(list);
    if (vector == NULL)
        return NULL;
    request.arguments = vector;
    if (release) {
        request.release_lock = release_lock;
        request.take_lock = take_lock;
        request.lock_context = &state;
    }
    int error = spawner_start(&request, &result);
    PyMem_Free(vector);
    if (error != 0) {
        errno = error;
        return PyErr_SetFromErrnoWithFilename(PyExc_OSError, spawner_stage_name(result.stage));
    }
    return PyLong_FromLong(result.pid);
}

static PyMethodDef methods[] = {
    {"start", (PyCFunction)(void (*)(void))start, METH_VARARGS | METH_KEYWORDS, start_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "_spawner", .m_size = 0, .m_methods = methods};

PyMODINIT_FUNC PyInit__spawner(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module != NULL) {
        PyModule_AddIntConstant(module, "FORBID_VFORK", SPAWNER_FORBID_VFORK);
        PyModule_AddIntConstant(module, "PREREAD", SPAWNER_PREREAD);
    }
    return module;
}
