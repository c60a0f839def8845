import { migrateService } from '@florin/service';
import { migrations } from '../migrations/index.ts';
import { media } from './features.ts';

await migrateService(media, migrations);
