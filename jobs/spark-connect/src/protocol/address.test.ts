import { describe, expect, test } from '@jest/globals';
import { hostAndPort, parseAddress } from './address.ts';
import { SparkError } from '../errors.ts';

describe('an sc:// address', () => {
  test('needs a host only', () => {
    expect(parseAddress('sc://spark.example')).toEqual({
      host: 'spark.example',
      port: 15_002,
      isTls: false,
      token: undefined,
      userId: undefined,
      userAgent: undefined,
      sessionId: undefined,
      maxMessageBytes: 134_217_728,
      headers: {},
    });
  });

  test('may end in a slash', () => {
    expect(parseAddress('sc://127.0.0.1:443/')).toMatchObject({ host: '127.0.0.1', port: 443 });
  });

  test('has IPv6 in brackets', () => {
    const address = parseAddress('sc://[::1]:15002');
    expect(address.host).toBe('::1');
    expect(hostAndPort(address)).toBe('[::1]:15002');
    expect(hostAndPort({ host: 'a', port: 1 })).toBe('a:1');
  });

  test('carries parameters; a token switches TLS on, a value may hold "=" and encoded signs', () => {
    const address = parseAddress('sc://h/;token=a%3Bb=;user_id=etl%20job;x-cluster=c=1');
    expect(address).toMatchObject({ token: 'a;b=', isTls: true, userId: 'etl job', headers: { 'x-cluster': 'c=1' } });
  });

  test('switches TLS on without a token as well', () => {
    expect(parseAddress('sc://h/;use_ssl=true')).toMatchObject({ isTls: true, token: undefined });
  });

  test('has TLS where certificates are given, or a header that is as good as a token; the port stays 15002', () => {
    expect(parseAddress('sc://h', { hasTls: true })).toMatchObject({ isTls: true, port: 15_002 });
    expect(parseAddress('sc://h/;authorization=Bearer%20a')).toMatchObject({ isTls: true });
    expect(parseAddress('sc://h/;use_ssl=true')).toMatchObject({ port: 15_002 });
  });

  test.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('may send a token as plain text to %s', (host) => {
    const remote = `sc://${host}/;use_ssl=false;token=secret`;
    expect(parseAddress(remote, { allowPlaintextToken: true })).toMatchObject({ isTls: false, token: 'secret' });
    expect(parseAddress(`sc://${host}/;token=secret`, { allowPlaintextToken: true }).isTls).toBe(true);
    expect(() => parseAddress(remote)).toThrow('"token" needs TLS');
  });

  test.each(['h', '10.0.0.1', '127.0.0.1.example', '0.0.0.0', '[::]'])('never does so to %s', (host) => {
    for (const secret of ['token=secret', 'authorization=secret']) {
      const remote = `sc://${host}/;use_ssl=false;${secret}`;
      expect(() => parseAddress(remote, { allowPlaintextToken: true })).toThrow('is not this machine');
    }
  });

  test('without TLS does not go with certificates', () => {
    expect(() => parseAddress('sc://h/;use_ssl=false', { hasTls: true })).toThrow('"tls" is given');
  });

  test('joins a session and sets the message size', () => {
    const sessionId = '01234567-89ab-cdef-0123-456789abcdef';
    expect(parseAddress(`sc://h/;session_id=${sessionId};grpc_max_message_size=1000`)).toMatchObject({
      sessionId,
      maxMessageBytes: 1_000,
    });
  });

  test.each([
    ['http://h', 'begin with sc://'],
    ['sc://', 'host ""'],
    ['sc://:15002', 'host ":15002"'],
    ['sc://::1', 'IPv6 needs brackets'],
    ['sc://h:0', 'port "0"'],
    ['sc://h:65536', 'port "65536"'],
    ['sc://h:', 'port ""'],
    ['sc://h:1x', 'port "1x"'],
    ['sc://user@h', 'host "user@h"'],
    ['sc://h;token=a', 'after "/;"'],
    ['sc://h/path', 'must not have a path'],
    ['sc://h/;token', '"token" has no value'],
    ['sc://h/;token=', '"token" has no value'],
    ['sc://h/;=a', 'has no name'],
    ['sc://h/;user_id=a;user_id=b', '"user_id" is there twice'],
    ['sc://h/;user_id=%E0%A4%A', '"user_id" is not percent-encoded'],
    ['sc://h/;use_ssl=yes', '"use_ssl" must be true or false'],
    ['sc://h/;token=secret;use_ssl=false', '"token" needs TLS'],
    ['sc://h/;token=secret;authorization=secret', 'are the same header'],
    ['sc://h/;session_id=1', '"session_id" is not'],
    ['sc://h/;grpc_max_message_size=1k', '"grpc_max_message_size" must be'],
    ['sc://h/;Some Key=1', '"Some Key" is unknown'],
  ])('%s is refused: %s', (remote, part) => {
    let thrown: unknown;
    try {
      parseAddress(remote);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SparkError);
    expect(thrown).toMatchObject({ code: 'usage', message: expect.stringContaining(part) });
    expect((thrown as Error).message).not.toContain('secret');
  });
});
