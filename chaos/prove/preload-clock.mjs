// Preloaded into each service of a chaos run: moves its clock by the milliseconds in a file, which it rereads.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const LOOK_EVERY_MS = 100;
const { FLORIN_CLOCK_FILE: file, FLORIN_CLOCK_MODULE: module } = process.env;
const { shiftClock } = await import(pathToFileURL(module).href);
const clock = shiftClock(offset());
setInterval(() => clock.set(offset()), LOOK_EVERY_MS).unref();

function offset() {
  return Number(readFileSync(file, 'utf8')) || 0;
}
