/** Resolves when the part works; what it throws is shown as the reason. */
export type HealthCheck = () => Promise<void> | void;

/**
 * Thrown by a check: this instance works, but something that all instances share is late. It stays in rotation, since another one
 * would do no better.
 */
export class Degraded extends Error {
  override readonly name = 'Degraded';
}
