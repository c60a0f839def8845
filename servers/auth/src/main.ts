import { createLogger, runProcess } from '@florin/runtime';
import { readConfig } from './config.ts';
import { createService } from './service.ts';

const config = readConfig();
const logger = createLogger({ service: 'auth', level: config.logLevel });
await runProcess(createService(config, { logger }), { logger, stopTimeoutMs: config.stopTimeoutMs });
