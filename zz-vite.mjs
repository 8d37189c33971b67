import { build } from 'vite';
await build({ configFile:false, logLevel:'warn', root:'/work/wt/broker', resolve:{alias:{'@':'/work/wt/broker'}}, ssr:{noExternal:true,target:'node'}, build:{ssr:'tests/tools/bench-broker-server.ts',target:'node20',outDir:'/tmp/bprof/out',emptyOutDir:true,rolldownOptions:{output:{entryFileNames:'server.mjs',codeSplitting:false}}}});
