import { connect, type Socket } from 'node:net';
import type { RawAnswer } from './send-request.ts';

/** Sends bytes that HTTP clients would not send, and reads all answers until the server closes the connection. */
export async function sendRaw(port: number, text: string | Buffer): Promise<RawAnswer[]> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  return answersOf(socket);
}

/** Reads the answers on a connection until the server closes it. */
export async function answersOf(socket: Socket): Promise<RawAnswer[]> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('close', resolve));
  return parseAnswers(Buffer.concat(chunks).toString());
}

function parseAnswers(text: string): RawAnswer[] {
  if (text === '') return [];
  const headLength = text.indexOf('\r\n\r\n') + 4;
  const [statusLine = '', ...lines] = text.slice(0, headLength - 4).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const end = headLength + Number(headers['content-length'] ?? 0);
  const answer = { status: Number(statusLine.split(' ')[1]), headers, text: text.slice(headLength, end) };
  return [answer, ...parseAnswers(text.slice(end))];
}
