import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { createImporter } from './import-products.ts';
import { createImportPruning } from './import-pruning.ts';
import { importRoutes } from './routes.ts';

export function productImportFeature({ config, db, transact, logger, metrics, clocks }: ServiceContext<Config>): Feature {
  const { currency, taxRatePercent, imports, importPruning } = config;
  const importer = createImporter({ transact, defaults: { currency, taxRatePercent }, ...imports });
  return {
    name: 'product-import',
    description: 'Import and export of products as files',
    endpoints: importRoutes({ db, importer, bounds: imports }),
    jobs: [createImportPruning({ transact, logger, metrics, clocks }, importPruning)],
  };
}
