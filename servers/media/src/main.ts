import { runService } from '@florin/service';
import { media } from './features.ts';

await runService(media);
