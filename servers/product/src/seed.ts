import { actorOfProcess } from '@florin/runtime';
import { seedService } from '@florin/service';
import { seedCatalogue } from './catalogue/index.ts';
import { product } from './features.ts';

await seedService(product, async ({ config: { currency }, transact, logger }) => {
  const products = await transact((trx) => seedCatalogue(trx, { currency, actor: actorOfProcess() }));
  logger.info('seeded', { products });
});
