/** Marks what is not kafkajs' own: the errors of kafkajs (a rebalance, say) must reach kafkajs. */
export class HandlerFailure extends Error {
  override readonly name = 'HandlerFailure';
}
