/**
 * Encodes the messages in which a node sends the ids of erased sessions to the other nodes. The events of an erasure
 * contain only hashes, but clients need the id. The messages are encrypted, because the database server may write them
 * to its disk.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { ErasedSession } from './frame.ts';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface ErasureMessages {
  encode(session: ErasedSession): string;
  /** Returns undefined if the message was not encrypted with this database's secret. */
  decode(message: string): ErasedSession | undefined;
}

/** @param pepper the database's secret, which the nodes share. */
export function createErasureMessages(pepper: string): ErasureMessages {
  const key = Buffer.from(hkdfSync('sha256', pepper, '', 'erasure messages', KEY_BYTES));
  return {
    encode({ session_uuid, candidate_key, project_id }) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const text = JSON.stringify({ session_uuid, candidate_key, project_id });
      const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64url');
    },

    decode(message) {
      const bytes = Buffer.from(message, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const encrypted = bytes.subarray(IV_BYTES + TAG_BYTES);
        return JSON.parse(Buffer.concat([decipher.update(encrypted), decipher.final()]).toString()) as ErasedSession;
      } catch {
        return undefined;
      }
    },
  };
}
