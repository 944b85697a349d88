// Open what `export` writes in a client from npm, or in Node alone; canonical.py says what is
// printed.
//
//     node open_export.mjs CLIENT PATH FOLDER NPM
//
// FOLDER has the package, whose datapackage.json names the tables; NPM has the clients in
// node_modules.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bring, each, print, table, typesOf, versionOf } from "./canonical.mjs";

const [, , client, path, folder, npm] = process.argv;

const read = (file) => readFileSync(file, "utf8");

// JSON has no dates.
function withDates(rows, types) {
  const dated = Object.keys(types).filter((key) => types[key] === "date");
  for (const row of rows) {
    for (const key of dated) row[key] = row[key] && new Date(row[key]);
  }
  return rows;
}

async function json(rowsOf) {
  print({ version: process.versions.node });
  await each(folder, ({ name, schema }) => {
    const types = typesOf({ schema });
    table(name, Object.keys(types), withDates(rowsOf(name), types));
  });
}

const CLIENTS = {
  async json() {
    const { tables } = JSON.parse(read(path));
    await json((name) => tables[name]);
  },

  async jsonl() {
    const lines = read(path).trimEnd().split("\n").map(JSON.parse);
    await json((name) => lines.filter((line) => line.table === name).map(({ row }) => row));
  },

  async "json-folder"() {
    await json((name) => JSON.parse(read(join(path, `${name}.json`))));
  },

  async hyparquet() {
    const { asyncBufferFromFile, parquetReadObjects, parquetSchema, parquetMetadataAsync } =
      await bring(npm, "hyparquet");
    print({ version: versionOf(npm, client) });
    await each(folder, async ({ name }) => {
      const file = await asyncBufferFromFile(join(path, `${name}.parquet`));
      const { children } = parquetSchema(await parquetMetadataAsync(file));
      const columns = children.map(({ element }) => element.name);
      table(name, columns, await parquetReadObjects({ file }));
    });
  },
};

await CLIENTS[client]();
