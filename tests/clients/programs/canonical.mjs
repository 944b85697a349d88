// The forms of cells and lines that canonical.py describes, in JavaScript.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export function print(line) {
  process.stdout.write(JSON.stringify(line) + "\n");
}

/** A package from npm, of the folder that has it in node_modules. */
export function bring(npm, name) {
  return import(pathToFileURL(createRequire(join(npm, "/")).resolve(name)));
}

export function versionOf(npm, name) {
  const described = join(npm, "node_modules", name, "package.json");
  return JSON.parse(readFileSync(described, "utf8")).version;
}

export function typesOf(resource) {
  return Object.fromEntries(resource.schema.fields.map((field) => [field.name, field.type]));
}

// Libraries make a day at midnight, of the machine or of Greenwich.
function day(date) {
  const [year, month, number] =
    date.getUTCHours() === 0
      ? [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
      : [date.getFullYear(), date.getMonth(), date.getDate()];
  return [year, String(month + 1).padStart(2, "0"), String(number).padStart(2, "0")].join("-");
}

function cell(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return `b:${value}`;
  if (typeof value === "number" || typeof value === "bigint") return `n:${value}`;
  if (value instanceof Date) return `d:${day(value)}`;
  if (typeof value === "string") return `s:${value}`;
  throw new TypeError(`${value} is a ${typeof value}`);
}

/** The value of a cell that a client gives as text, by the type of its column. */
export function ofText(text, kind) {
  if (!text) return null;
  if (kind === "integer" || kind === "number") return Number(text);
  if (kind === "boolean") return { true: true, false: false }[text];
  return kind === "date" ? new Date(text) : text;
}

export function table(name, columns, rows) {
  print({ table: name, columns, rows: rows.map((row) => columns.map((key) => cell(row[key]))) });
}

/** Read every table of the package in a folder; where the client fails, say so and go on. */
export async function each(folder, read) {
  const described = readFileSync(join(folder, "datapackage.json"), "utf8");
  for (const resource of JSON.parse(described).resources) {
    try {
      await read(resource);
    } catch (error) {
      print({ table: resource.name, failed: error.message.split("\n")[0] });
    }
  }
}
