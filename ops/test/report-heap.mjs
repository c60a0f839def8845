// Loaded into a process by `node --expose-gc --import`: writes the size of its live heap, at its largest, to the file REPORT_HEAP
// when the process exits. Collects garbage before each look, so that the size does not depend on when Node would do it.
import { writeFileSync } from 'node:fs';

const MIN_PAUSE_MS = 100;
let maxBytes = 0;

look();
process.on('exit', () => writeFileSync(process.env.REPORT_HEAP, String(maxBytes)));

/** Leaves most of the time to the program, however slow the machine is. */
function look() {
  const startedAt = performance.now();
  globalThis.gc();
  maxBytes = Math.max(maxBytes, process.memoryUsage().heapUsed);
  setTimeout(look, Math.max(MIN_PAUSE_MS, 9 * (performance.now() - startedAt))).unref();
}
