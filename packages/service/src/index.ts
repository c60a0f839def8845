export { createService, type FlorinService } from './create-service.ts';
export type { EventSubscription, Feature, Job, ServiceContext } from './feature.ts';
export { inspectService } from './inspect-service.ts';
export { type InvariantWatch, type InvariantWatchOptions, watchInvariants } from './invariant-watch.ts';
export { joinSubscriptions } from './join-subscriptions.ts';
export { WrongRights } from './require-rights.ts';
export { migrateService, runService, type SeedParts, seedService } from './run-service.ts';
export type { ServiceConfig, ServiceDefinition, ServiceOptions } from './service-definition.ts';
