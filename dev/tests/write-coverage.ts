import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes what the instrumented sources of this process have counted (see `load-covered.mjs`), for nyc's report. */
export function writeCoverage(directory: string): void {
  const { __coverage__: counted = {} } = globalThis as { __coverage__?: object };
  writeFileSync(join(directory, `${process.pid}.json`), JSON.stringify(counted));
}
