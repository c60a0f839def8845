import { runService } from '@florin/service';
import { product } from './features.ts';

await runService(product);
