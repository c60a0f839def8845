export { createDecoder, type Decoder, type DecoderBounds, type DecoderFault } from './decoder.ts';
export type { DecodeTask, Decoded, Format } from './decoder-process.ts';
