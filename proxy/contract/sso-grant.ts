/** Single sign-on: which value of which claim lets a recruiter into which projects (`OIDC_GRANTS`). */
import { z } from 'zod';
import { projectIdSchema } from './session.ts';

const scopes = ['read', 'invite', 'read invite', 'invite read'] as const;

export const grantSchema = z.strictObject({
  /** A claim's name, or a JSON pointer such as `/realm_access/roles`. */
  claim: z.string('must be text').min(1, 'is empty').max(200, 'is too long'),
  /** What the claim must be, or hold where it is a list; a yes or no is compared as `true` and `false`. */
  value: z
    .union([z.string().min(1), z.number(), z.boolean()], 'must be text, a number, true or false')
    .transform(String),
  projects: z.array(z.union([z.literal('*'), projectIdSchema])).min(1, 'is empty'),
  scope: z.enum(scopes, `must be one of ${scopes.slice(0, 3).join(', ')}`),
});

export type Grant = z.infer<typeof grantSchema>;
