export { asyncApiDocument } from './asyncapi-document.ts';
export { breakingChanges, type JsonSchema } from './breaking-changes.ts';
export { catalogue, definitionOf, type EventData, type EventType, eventTypes, type PurchaseItem, topics } from './catalogue.ts';
export type { EventDefinition, Source, Topic } from './define-event.ts';
export { catalogueSchemas, describeCatalogue } from './describe-catalogue.ts';
export { type Event, keyOf, makeEvent, type OutgoingEvent, type ParsedMessage, parseEvent } from './event.ts';
export { signEvent } from './event-signature.ts';
export { dataSchemas } from './json-schemas.ts';
export { ID_AHEAD_MS, newId, newIdAt } from './new-id.ts';
export { DEVELOPMENT_SIGNING_KEYS, type EventSignatures, parseSigningKeys, type SigningKey } from './signing-keys.ts';
export { takeRandom } from './take-random.ts';
export { isSampled, newTraceparent, readTraceparent } from './trace-context.ts';
export {
  createEventVerifier,
  needsStart,
  type ReceivedMessage,
  type SignatureStarts,
  type Verdict,
  type VerifyEvent,
} from './verify-event.ts';
