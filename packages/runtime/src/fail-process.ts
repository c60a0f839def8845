/**
 * Ends the process by a fault of its own accord, as `runProcess` does with every fault that nobody caught: whoever runs it
 * starts it anew. For what leaves a service that looks alive and does nothing, such as a consumer that is gone for good.
 * Thrown outside the listener that reports it, so that nothing on the way can catch it.
 */
export function failProcess(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}
