import { migrateService } from '@florin/service';
import { migrations } from '../migrations/index.ts';
import { auth } from './features.ts';

await migrateService(auth, migrations);
