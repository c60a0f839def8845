import { actorOfProcess } from '@florin/runtime';
import { seedService } from '@florin/service';
import { media } from './features.ts';
import { seedImages } from './images/index.ts';
import { openStorage } from './storage/index.ts';

await seedService(media, async ({ config, db, transact, logger }) => {
  const storage = openStorage(config.storage);
  try {
    const images = await seedImages({ db, transact, storage, actor: actorOfProcess() });
    logger.info('seeded', { images });
  } finally {
    storage.close();
  }
});
