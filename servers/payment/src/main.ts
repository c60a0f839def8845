import { runService } from '@florin/service';
import { payment } from './features.ts';

await runService(payment);
