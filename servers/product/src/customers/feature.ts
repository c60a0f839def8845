import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { copyContacts } from './copy-contacts.ts';
import { customerInvariants } from './invariants.ts';
import { customerRoutes } from './routes.ts';

/** Customers: copies of auth's contacts, kept up to date by its events, which staff search. */
export function customersFeature({ db }: ServiceContext<Config>): Feature {
  return {
    name: 'customers',
    description: 'The contacts of users, for staff',
    endpoints: customerRoutes(db),
    subscriptions: [{ event: 'contact-changed', handle: copyContacts }],
    invariants: customerInvariants,
  };
}
