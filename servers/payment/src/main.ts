import { runProcess } from '@florin/runtime';
import { readConfig } from './config.ts';
import { createService } from './service.ts';

const config = readConfig();
const service = createService(config);
await runProcess(service, { logger: service.logger, stopTimeoutMs: config.stopTimeoutMs });
