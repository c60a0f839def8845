import type { ServiceName } from '../../ops/platform/service-names.ts';

export type DevelopmentPlatform = {
  /** The one address: storefront, console below /console, API below /v1. */
  url: string;
  urls: Record<ServiceName, string>;
  /** Addresses of the services' API documentation. */
  pages: Record<ServiceName, string>;
  logHint: string;
  /** Stops the services, then the broker, then the database. */
  stop(): Promise<void>;
};

export type DevelopmentOptions = {
  fresh: boolean;
  signal: AbortSignal;
  /** Runs the services from their sources, and again when one of them is saved. */
  watch?: { isInspected: boolean };
  print(message: string): void;
  onUnexpectedExit(name: string, logPath: string): void;
};
