import { migrateService } from '@florin/service';
import { migrations } from '../migrations/index.ts';
import { payment } from './features.ts';

await migrateService(payment, migrations);
