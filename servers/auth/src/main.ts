import { runService } from '@florin/service';
import { auth } from './features.ts';

await runService(auth);
