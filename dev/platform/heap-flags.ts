/**
 * Bounds a service's heap, as its containers do. Left to itself Node lets garbage lie until the heap is some hundred MiB large:
 * under purchases product took 235 MiB, with these 135. The small young generation costs some 8% of the rate (docs/performance.md).
 * What lives on is about 40 MiB.
 */
export const heapFlags: readonly string[] = ['--max-old-space-size=192', '--max-semi-space-size=8'];
