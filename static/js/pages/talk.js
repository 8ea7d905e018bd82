// Writing comments: who can be called, a look at the text before it is said, and files by drag, paste or choice.
import "../talk-call.js"
import "../talk-files.js"
import "../talk-preview.js"
