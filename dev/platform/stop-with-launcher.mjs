// Loaded into a service by `node --import`: stops it, as on SIGTERM, when the process that started it ends.
import { stopWithLauncher } from '../bring-node.mjs';

stopWithLauncher();
