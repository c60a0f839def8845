/**
 * Bounds a service's heap, as its containers do. By default Node collects garbage only when the heap has some hundred MiB:
 * under purchases product took 235 MiB, with these 164. A smaller young generation costs some 8% of the rate
 * (docs/performance.md). Live objects take about 40 MiB.
 */
export const heapFlags: readonly string[] = ['--max-old-space-size=192', '--max-semi-space-size=16'];
