// Python in a thread of its own, so that the page answers while it computes.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const here = (name) => new URL(name, import.meta.url).href;

async function start() {
  const archive = fetch(here("site.zip")).then((response) => {
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return response.arrayBuffer();
  });
  const python = await loadPyodide({ indexURL: here("pyodide/") });
  const folder = python.runPython("import site; site.getsitepackages()[0]");
  python.unpackArchive(await archive, "zip", { extractDir: folder });
  return python.runPython(`
import json
from cmsource.live.desk import answer
lambda call, request: json.dumps(answer(call, json.loads(request)))
`);
}

const started = start();

self.onmessage = async ({ data: { id, call, request } }) => {
  try {
    const answer = await started;
    self.postMessage({ id, result: JSON.parse(answer(call, JSON.stringify(request))) });
  } catch (error) {
    self.postMessage({ id, error: String(error) });
  }
};
