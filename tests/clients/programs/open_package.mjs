// Open the package as it is in a client from npm, as open_package.py does in Python; what is
// printed, canonical.py says.
//
//     node open_package.mjs CLIENT FOLDER NPM CHECKOUT
//
// NPM is the folder that has the clients in node_modules; CHECKOUT has our own code, for Pyodide.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , client, folder, npm, checkout] = process.argv;
const from = createRequire(join(npm, "/"));
const bring = (name) => import(pathToFileURL(from.resolve(name)));
const print = (line) => process.stdout.write(JSON.stringify(line) + "\n");

// These libraries leave promises behind that fail a second time; the first failure is printed.
process.on("unhandledRejection", () => {});

function descriptor() {
  return JSON.parse(readFileSync(join(folder, "datapackage.json"), "utf8"));
}

function typesOf(resource) {
  return Object.fromEntries(resource.schema.fields.map((field) => [field.name, field.type]));
}

// A day is what these libraries make at midnight, of the machine or of Greenwich.
function day(date) {
  const midnight = date.getUTCHours() === 0;
  const [year, month, number] = midnight
    ? [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
    : [date.getFullYear(), date.getMonth(), date.getDate()];
  return [year, String(month + 1).padStart(2, "0"), String(number).padStart(2, "0")].join("-");
}

function cell(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return `b:${value}`;
  if (typeof value === "number") return `n:${value}`;
  if (value instanceof Date) return `d:${day(value)}`;
  if (typeof value === "string") return `s:${value}`;
  throw new TypeError(`${value} is a ${typeof value}`);
}

function ofText(text, kind) {
  if (!text) return null;
  if (kind === "integer" || kind === "number") return Number(text);
  if (kind === "boolean") return { true: true, false: false }[text];
  return kind === "date" ? new Date(text) : text;
}

function table(name, columns, rows) {
  print({ table: name, columns, rows: rows.map((row) => columns.map((key) => cell(row[key]))) });
}

async function each(read) {
  for (const resource of descriptor().resources) {
    try {
      await read(resource);
    } catch (error) {
      print({ table: resource.name, failed: error.message.split("\n")[0] });
    }
  }
}

const CLIENTS = {
  async datapackage() {
    const { Package } = (await bring("datapackage")).default;
    const opened = await Package.load(join(folder, "datapackage.json"));
    print({ said: opened.valid ? "validates" : `finds ${opened.errors.length} faults` });
    await each(async ({ name }) => {
      const resource = opened.getResource(name);
      table(name, resource.headers ?? resource.schema.fieldNames, await resource.read({ keyed: true }));
    });
  },

  async tableschema() {
    const { Table } = (await bring("tableschema")).default;
    await each(async ({ name, path, schema }) => {
      const opened = await Table.load(join(folder, path), { schema });
      table(name, opened.schema.fieldNames, await opened.read({ keyed: true }));
    });
  },

  async "d3-dsv"() {
    const { csvParse } = await bring("d3-dsv");
    await each(async (resource) => {
      const types = typesOf(resource);
      const rows = csvParse(readFileSync(join(folder, resource.path), "utf8"), (row) =>
        Object.fromEntries(Object.entries(row).map(([key, text]) => [key, ofText(text, types[key])])),
      );
      table(resource.name, rows.columns, rows);
    });
  },

  // Our own records() in Python compiled to WebAssembly, without pandas; the rest is as above.
  async pyodide() {
    const { loadPyodide } = await bring("pyodide/pyodide.mjs");
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

const { version } = JSON.parse(
  readFileSync(join(npm, "node_modules", client, "package.json"), "utf8"),
);
print({ version });
await CLIENTS[client]();
