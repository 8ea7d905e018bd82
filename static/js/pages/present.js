// The review room.
import "../presenter.js"
