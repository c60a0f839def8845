import { migrateService } from '@florin/service';
import { migrations } from '../migrations/index.ts';
import { product } from './features.ts';

await migrateService(product, migrations);
