/** An error of the handler. Errors of kafkajs itself (such as a rebalance) must be rethrown to kafkajs. */
export class HandlerFailure extends Error {
  override readonly name: string = 'HandlerFailure';
}

/** The stored offsets cannot be read now, so a partition cannot be aligned. */
export class OffsetsUnknown extends HandlerFailure {
  override readonly name = 'OffsetsUnknown';
}
