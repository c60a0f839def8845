import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type SecurityEvent, securityEvents } from './security-events.ts';

export type Metrics = {
  registry: Registry;
  observeRequest(labels: { method: string; route: string; status: number }, durationS: number): void;
  countSecurityEvent(event: SecurityEvent): void;
  counter(name: string, help: string, labelNames?: readonly string[]): Counter;
  /** @param collect called whenever the metrics are read, to set the gauge */
  gauge(name: string, help: string, labelNames?: readonly string[], collect?: (gauge: Gauge) => void): Gauge;
};

/** Methods that become labels. Node accepts thirty more, and each would multiply the series of every route. */
const usualMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const counted = new Counter({
    name: 'florin_security_events_total',
    help: 'Security events by name',
    labelNames: ['event'],
    registers: [registry],
  });
  // From 0, so that the first event is an increase.
  for (const event of Object.keys(securityEvents)) counted.inc({ event }, 0);
  return {
    registry,
    countSecurityEvent: (event) => counted.inc({ event }),
    observeRequest: ({ method, route, status }, durationS) =>
      requests.observe({ method: usualMethods.has(method) ? method : 'other', route, status: String(status) }, durationS),
    counter: (name, help, labelNames = []) => new Counter({ name, help, labelNames: [...labelNames], registers: [registry] }),
    gauge: (name, help, labelNames = [], collect = () => {}) =>
      new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers: [registry],
        collect() {
          collect(this);
        },
      }),
  };
}
