import { actorOfProcess } from '@florin/runtime';
import { seedService } from '@florin/service';
import { seedCatalogue } from './catalogue/index.ts';
import { product } from './features.ts';

await seedService(product, async ({ config: { currency, taxRatePercent }, transact, logger }) => {
  const products = await transact((trx) => seedCatalogue(trx, { currency, taxRatePercent, actor: actorOfProcess() }));
  logger.info('seeded', { products });
});
