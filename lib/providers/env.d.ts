/** Set in `wxt.config.ts`; true leaves that vendor's chunk out of the build. */
interface ImportMetaEnv {
  readonly WITHOUT_INWORLD?: boolean;
  readonly WITHOUT_PERSO?: boolean;
  readonly WITHOUT_SOUL_MACHINES?: boolean;
}
