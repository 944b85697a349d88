// Open the package as it is in a client from npm, as open_package.py does in Python; what is
// printed, canonical.py says.
//
//     node open_package.mjs CLIENT FOLDER NPM CHECKOUT
//
// NPM is the folder that has the clients in node_modules; CHECKOUT has our own code, for Pyodide.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bring, each, ofText, print, table, typesOf, versionOf } from "./canonical.mjs";

const [, , client, folder, npm, checkout] = process.argv;

// These libraries leave promises behind that fail a second time; the first failure is printed.
process.on("unhandledRejection", () => {});

const CLIENTS = {
  async datapackage() {
    const { Package } = (await bring(npm, "datapackage")).default;
    const opened = await Package.load(join(folder, "datapackage.json"));
    print({ said: opened.valid ? "validates" : `finds ${opened.errors.length} faults` });
    await each(folder, async ({ name }) => {
      const resource = opened.getResource(name);
      table(name, resource.headers ?? resource.schema.fieldNames, await resource.read({ keyed: true }));
    });
  },

  async tableschema() {
    const { Table } = (await bring(npm, "tableschema")).default;
    await each(folder, async ({ name, path, schema }) => {
      const opened = await Table.load(join(folder, path), { schema });
      table(name, opened.schema.fieldNames, await opened.read({ keyed: true }));
    });
  },

  async "d3-dsv"() {
    const { csvParse } = await bring(npm, "d3-dsv");
    await each(folder, async (resource) => {
      const types = typesOf(resource);
      const rows = csvParse(readFileSync(join(folder, resource.path), "utf8"), (row) =>
        Object.fromEntries(Object.entries(row).map(([key, text]) => [key, ofText(text, types[key])])),
      );
      table(resource.name, rows.columns, rows);
    });
  },

  // Our own records() in Python compiled to WebAssembly, without pandas; the rest is as above.
  async pyodide() {
    const { loadPyodide } = await bring(npm, "pyodide/pyodide.mjs");
    const python = await loadPyodide({ stdout: (line) => process.stdout.write(line + "\n") });
    python.FS.mkdir("/checkout");
    python.FS.mount(python.FS.filesystems.NODEFS, { root: checkout }, "/checkout");
    python.runPython(`
import sys

sys.dont_write_bytecode = True
sys.path[:0] = ["/checkout", "/checkout/src"]
import albania_uk_migration
from tests.clients.programs import canonical

for name in albania_uk_migration.table_names():
    canonical.records(name, albania_uk_migration.records(name))
assert "pandas" not in sys.modules
`);
  },
};

print({ version: versionOf(npm, client) });
await CLIENTS[client]();
