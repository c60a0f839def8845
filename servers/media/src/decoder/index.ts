export { createDecoder, type Decoder, type DecoderBounds, type DecoderFault } from './decoder.ts';
export type { Decoded, DecodeTask, Format } from './decoder-process.ts';
