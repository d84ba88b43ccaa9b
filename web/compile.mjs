// node compile.mjs PYODIDE FOLDER: compiles the Python of a folder with the Python that will run
// it, so that the browser need not. Each module gets its .pyc beside it.
import { pathToFileURL } from "node:url";

const [pyodide, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(pyodide).href);
const python = await loadPyodide();
python.FS.mkdir("/site");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/site");
python.runPython(`
import compileall, py_compile
compileall.compile_dir("/site", quiet=1, legacy=True,
    stripdir="/site", invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
`);
