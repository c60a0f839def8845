import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { statementRoutes } from './routes.ts';

export function statementsFeature({ config, db }: ServiceContext<Config>): Feature {
  return { name: 'statements', description: 'Monthly statements of wallets', endpoints: statementRoutes(db, config) };
}
